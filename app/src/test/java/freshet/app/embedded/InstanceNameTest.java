package freshet.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceNameTest {

    @TempDir
    Path dir;

    private final Iterator<String> words = List.of("1a", "2b").iterator();

    private InstanceName take(String in) throws IOException {
        return InstanceName.take(dir.resolve(in), "host", words::next);
    }

    @Test
    void eachGetsTheFirstThatIsFree() throws IOException {
        InstanceName first = take("x");
        try (InstanceName second = take("x")) {
            assertThat(first.get()).isEqualTo("freshet-host-1a-0");
            assertThat(second.get()).isEqualTo("freshet-host-1a-1");
            first.close();
            try (InstanceName third = take("x")) {
                assertThat(third.get()).isEqualTo("freshet-host-1a-0");
            }
        }
    }

    @Test
    void aMachineOfTheSameHostNameHasOtherNames() throws IOException {
        try (InstanceName here = take("here");
                InstanceName there = take("there")) {
            assertThat(here.get()).isEqualTo("freshet-host-1a-0");
            assertThat(there.get()).isEqualTo("freshet-host-2b-0");
        }
    }

    @Test
    void aPlaceWhereNothingCanBeWrittenIsAnError() throws IOException {
        Files.createFile(dir.resolve("file"));
        assertThatThrownBy(() -> take("file")).isInstanceOf(IOException.class);
    }
}
