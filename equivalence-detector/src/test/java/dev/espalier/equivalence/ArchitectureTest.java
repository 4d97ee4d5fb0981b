package dev.espalier.equivalence;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.espalier.equivalence",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule coreKnowsOnlyJavaMathematicsAndItself =
      classes()
          .that()
          .resideInAPackage("..core..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "dev.espalier.maths..",
              "dev.espalier.equivalence.core..");

  @ArchTest
  static final ArchRule theServiceDoesNotTrain =
      noClasses()
          .that()
          .resideOutsideOfPackage("..training..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..training..");
}
