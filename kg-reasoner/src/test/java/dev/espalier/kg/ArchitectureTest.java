package dev.espalier.kg;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.espalier.kg", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule coreKnowsOnlyJavaAndItself =
      classes()
          .that()
          .resideInAPackage("..core..")
          .and()
          .resideOutsideOfPackage("..core.kernels..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify..", "dev.espalier.kg.core..");

  @ArchTest
  static final ArchRule onlyTheKernelsKnowTheVectorModule =
      classes()
          .that()
          .resideInAPackage("..core.kernels..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "jdk.incubator.vector..",
              "org.jspecify..",
              "dev.espalier.kg.core.kernels..");

  @ArchTest
  static final ArchRule nothingNeedsTheMeasurements =
      noClasses()
          .that()
          .resideOutsideOfPackage("..benchmark..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..benchmark..");
}
