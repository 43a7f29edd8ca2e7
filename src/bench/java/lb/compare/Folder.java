package lb.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Configs, scripts and logs of one run, which nobody needs afterwards. */
final class Folder {
    private Folder() {}

    /** Open to everybody for reading: the workers of an nginx that root started run as somebody else. */
    static Path create() throws IOException {
        Path folder = Files.createTempDirectory("lb-compare-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }

    static void remove(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> found = Files.walk(folder)) {
            deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) Files.deleteIfExists(each);
    }
}
