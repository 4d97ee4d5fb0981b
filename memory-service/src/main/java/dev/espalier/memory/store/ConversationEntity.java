package dev.espalier.memory.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code conversation}. */
@Entity
@Table(name = "conversation")
@NullUnmarked
class ConversationEntity {

  @Id UUID id;

  @Column(name = "tenant_id")
  String tenantId;

  String title;

  String subject;

  @ColumnTransformer(write = "?::jsonb")
  String metadata;

  @Version long version;

  @Column(name = "last_seq")
  long lastSeq;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;
}
