package dev.espalier.memory.api;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(PlainPostgres.class)
class PlainPostgresMemoryTest extends MemoryContract {}
