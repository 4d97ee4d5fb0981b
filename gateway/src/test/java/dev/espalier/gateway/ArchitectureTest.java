package dev.espalier.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.espalier.gateway",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule CORE_IS_PLAIN_JAVA =
      classes()
          .that()
          .resideInAPackage("..gateway.core..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "org.jspecify..", "dev.espalier.protocol..", "..gateway.core..");

  @ArchTest
  static final ArchRule FAULT_TOLERANCE_LIVES_UPSTREAM =
      noClasses()
          .that()
          .resideOutsideOfPackages("..gateway.upstream..", "..gateway.ops..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.smallrye.faulttolerance..", "org.eclipse.microprofile.faulttolerance..");
}
