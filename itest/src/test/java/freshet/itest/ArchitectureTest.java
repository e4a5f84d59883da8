package freshet.itest;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The floor plan as rules: imports point one way along the pipeline, and a topic is read through its contract. */
@AnalyzeClasses(packages = "freshet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String CONTRACT_OF_INGEST = "freshet.ingest.contract..";
    /** What a hashtag is, and when two are the same: part of what {@code posts} means. */
    private static final String HASHTAGS = "freshet.ingest.text..";

    private static final String CONTRACT_OF_TRENDS = "freshet.trends.contract..";

    @ArchTest
    static final ArchRule brokerStandsAlone = only("broker");

    @ArchTest
    static final ArchRule ingestStandsAlone = only("ingest");

    @ArchTest
    static final ArchRule trendsSeesTheContractOfIngest = only("trends", CONTRACT_OF_INGEST, HASHTAGS);

    @ArchTest
    static final ArchRule storageSeesContracts = only("storage", CONTRACT_OF_TRENDS, CONTRACT_OF_INGEST);

    @ArchTest
    static final ArchRule dashboardSeesStorageAndContracts =
            only("dashboard", "freshet.storage..", CONTRACT_OF_TRENDS, CONTRACT_OF_INGEST, HASHTAGS);

    @ArchTest
    static final ArchRule datasetsSeeIngestAndTrends = only("datasets", "freshet.ingest..", "freshet.trends..");

    @ArchTest
    static final ArchRule nothingFlowsBackwards = noClasses()
            .that()
            .resideOutsideOfPackages("freshet.app..", "freshet.itest..", "freshet.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("freshet.app..", "freshet.itest..", "freshet.bench..");

    @ArchTest
    static final ArchRule packagesOfAModuleFormNoCircle =
            slices().matching("freshet.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheMetadataStoreKnowsZooKeeper = noClasses()
            .that()
            .resideOutsideOfPackage("freshet.broker.metadata.zookeeper..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.curator..");

    /** They are internal classes of kafka-clients: a new release may move them, so few places may know them. */
    @ArchTest
    static final ArchRule internalCodecStaysInTheBroker = noClasses()
            .that()
            .resideOutsideOfPackage("freshet.broker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka.common.message..", "org.apache.kafka.common.requests..");

    /** Of our own modules, this one depends on nothing but itself and the packages allowed. */
    private static ArchRule only(String module, String... allowed) {
        String own = "freshet." + module + "..";
        DescribedPredicate<JavaClass> foreign =
                resideInAPackage("freshet..").and(not(resideInAPackage(own))).and(not(resideInAnyPackage(allowed)));
        return noClasses().that().resideInAPackage(own).should().dependOnClassesThat(foreign);
    }
}
