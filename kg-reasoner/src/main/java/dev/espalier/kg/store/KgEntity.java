package dev.espalier.kg.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Generated;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code kg}. */
@Entity
@Table(name = "kg")
@NullUnmarked
class KgEntity {

  @Id UUID id;

  @Generated
  @Column(insertable = false, updatable = false)
  long no;

  @Column(name = "tenant_id")
  String tenantId;

  String name;

  long snapshot;

  int entities;

  int relations;

  long train;

  long valid;

  long test;

  @Column(name = "name_bytes")
  long nameBytes;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;
}
