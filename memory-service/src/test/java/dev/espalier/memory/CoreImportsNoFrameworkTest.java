package dev.espalier.memory;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.espalier.memory", importOptions = DoNotIncludeTests.class)
class CoreImportsNoFrameworkTest {

  @ArchTest
  static final ArchRule CORE_IS_PLAIN_JAVA =
      classes()
          .that()
          .resideInAPackage("dev.espalier.memory.core..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.espalier.memory.core..",
              "org.jspecify.annotations",
              "java.lang..",
              "java.text..",
              "java.time..",
              "java.util..");
}
