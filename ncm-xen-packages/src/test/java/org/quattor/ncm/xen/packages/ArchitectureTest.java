package org.quattor.ncm.xen.packages;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.util.List;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Finding;
import org.quattor.ncm.component.Severity;

/** Imports run one way along the road of docs/architecture.md. */
@AnalyzeClasses(packages = "org.quattor.ncm", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String XEN = "org.quattor.ncm.xen";

  @ArchTest
  static void theRulesSeeAllModules(JavaClasses all) {
    for (String module : List.of("component", "xen.host", "xen.plan", "xen.cli", "xen.packages")) {
      assertThat(all.containPackage("org.quattor.ncm." + module)).as(module).isTrue();
    }
  }

  @ArchTest
  static final ArchRule theRoadRunsOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("spi")
          .definedBy("org.quattor.ncm.component")
          .layer("operations")
          .definedBy(XEN + ".host")
          .layer("text")
          .definedBy(XEN + ".text..")
          .layer("finding")
          .definedBy(XEN + ".finding..")
          .layer("files")
          .definedBy(XEN + ".files..")
          .layer("profile")
          .definedBy(XEN + ".profile..")
          .layer("schema")
          .definedBy(XEN + ".schema..")
          .layer("derive")
          .definedBy(XEN + ".derive..")
          .layer("model")
          .definedBy(XEN + ".model..")
          .layer("rules")
          .definedBy(XEN + ".rules..")
          .layer("guestfile")
          .definedBy(XEN + ".guestfile..")
          .layer("translate")
          .definedBy(XEN + ".translate..")
          .layer("network")
          .definedBy(XEN + ".network..")
          .layer("observe")
          .definedBy(XEN + ".observe..")
          .layer("plan")
          .definedBy(XEN + ".plan..")
          .layer("status")
          .definedBy(XEN + ".status..")
          .layer("apply")
          .definedBy(XEN + ".apply..")
          .layer("doctor")
          .definedBy(XEN + ".doctor..")
          .layer("report")
          .definedBy(XEN + ".report..")
          .layer("simulated host")
          .definedBy(XEN + ".host.simulated..")
          .layer("hosts")
          .definedBy(XEN + ".host.linux..", XEN + ".host.local..")
          .layer("wiring")
          .definedBy(XEN)
          .layer("command line")
          .definedBy(XEN + ".cli..")
          .layer("packages")
          .definedBy(XEN + ".packages..")
          .whereLayer("spi")
          .mayNotAccessAnyLayer()
          .whereLayer("operations")
          .mayNotAccessAnyLayer()
          .whereLayer("text")
          .mayNotAccessAnyLayer()
          .whereLayer("finding")
          .mayOnlyAccessLayers("spi", "text")
          .whereLayer("files")
          .mayOnlyAccessLayers("operations")
          .whereLayer("profile")
          .mayOnlyAccessLayers("spi", "text")
          .whereLayer("schema")
          .mayOnlyAccessLayers("spi", "text", "finding")
          .whereLayer("model")
          .mayOnlyAccessLayers("spi", "operations", "text", "finding")
          .whereLayer("derive")
          .mayOnlyAccessLayers("spi", "operations", "text", "finding", "profile", "model")
          .whereLayer("rules")
          .mayOnlyAccessLayers("spi", "operations", "text", "finding", "model")
          .whereLayer("guestfile")
          .mayOnlyAccessLayers("operations", "text", "model")
          .whereLayer("translate")
          .mayOnlyAccessLayers("spi", "operations", "text", "finding", "model", "guestfile")
          .whereLayer("network")
          .mayOnlyAccessLayers("operations", "text", "model")
          .whereLayer("observe")
          .mayOnlyAccessLayers("operations", "text", "files", "model", "network")
          .whereLayer("plan")
          .mayOnlyAccessLayers(
              "spi",
              "operations",
              "text",
              "finding",
              "model",
              "guestfile",
              "translate",
              "network",
              "observe")
          .whereLayer("status")
          .mayOnlyAccessLayers("spi", "operations", "model", "observe", "plan")
          .whereLayer("apply")
          .mayOnlyAccessLayers("spi", "operations", "text", "model", "observe", "plan")
          .whereLayer("doctor")
          .mayOnlyAccessLayers("spi", "operations", "text", "finding", "files")
          .whereLayer("report")
          .mayOnlyAccessLayers(
              "spi",
              "operations",
              "text",
              "finding",
              "guestfile",
              "derive",
              "plan",
              "status",
              "doctor")
          .whereLayer("hosts")
          .mayOnlyAccessLayers("operations", "text")
          .whereLayer("simulated host")
          .mayOnlyAccessLayers("operations", "text", "model", "hosts")
          .whereLayer("wiring")
          .mayOnlyBeAccessedByLayers("command line")
          .whereLayer("command line")
          .mayOnlyBeAccessedByLayers("packages")
          .whereLayer("packages")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching(XEN + ".(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theSpiKnowsNoXen =
      noClasses()
          .that()
          .resideInAPackage("org.quattor.ncm.component")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(XEN + "..");

  @ArchTest
  static final ArchRule planningTouchesNothing =
      noClasses()
          .that()
          .resideInAnyPackage(
              XEN + ".plan",
              XEN + ".status",
              XEN + ".rules",
              XEN + ".model",
              XEN + ".guestfile",
              XEN + ".translate")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.time..")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(
              ProcessBuilder.class, File.class, FileInputStream.class, FileOutputStream.class);

  @ArchTest
  static final ArchRule onlyOnePlaceStartsPrograms =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(XEN + ".host.linux.SystemPaths")
          .should()
          .callConstructor(ProcessBuilder.class, List.class)
          .orShould()
          .callConstructor(ProcessBuilder.class, String[].class)
          .orShould()
          .callMethodWhere(target(owner(type(Runtime.class))).and(target(name("exec"))));

  /** Profiles, schemas and variables are read where they lie; all else is the host's. */
  @ArchTest
  static final ArchRule onlyHostsAndReadersTouchFiles =
      noClasses()
          .that()
          .resideInAPackage(XEN + "..")
          .and()
          .resideOutsideOfPackages(
              XEN + ".host.linux",
              XEN + ".host.local",
              XEN + ".host.simulated",
              XEN + ".profile",
              XEN + ".schema",
              XEN + ".derive",
              XEN + ".cli",
              XEN + ".packages")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Files.class);

  /** Severity and texts come from the catalogue; Discretion only masks secrets in them. */
  @ArchTest
  static final ArchRule findingsComeFromTheCatalogue =
      noClasses()
          .that()
          .resideInAPackage(XEN + "..")
          .and()
          .doNotHaveSimpleName("Catalogue")
          .and()
          .doNotHaveSimpleName("Discretion")
          .should()
          .callConstructor(
              Finding.class,
              String.class,
              Severity.class,
              String.class,
              String.class,
              String.class,
              String.class);

  /** A second reader of the options would not know which names the first one refuses. */
  @ArchTest
  static final ArchRule onlyOnePlaceReadsTheOptionsOfAContext =
      noClasses()
          .that()
          .resideInAPackage(XEN + "..")
          .and()
          .doNotHaveFullyQualifiedName(XEN + ".XenOptions")
          .should()
          .callMethod(ComponentContext.class, "options");

  /** Main ends the process, and a signal that ends it at once says so. */
  @ArchTest
  static final ArchRule onlyTheCommandPrintsOrExits =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(XEN + ".cli.Main")
          .and()
          .doNotHaveFullyQualifiedName(XEN + ".cli.Interruption")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule packagesAreNullMarked =
      classes()
          .that()
          .haveSimpleName("package-info")
          .should()
          .beAnnotatedWith("org.jspecify.annotations.NullMarked");
}
