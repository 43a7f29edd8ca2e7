package lb.route;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lb.http.Head;

/**
 * The entries of an index in every reading of their paths: those of the config are read as those of requests, or their
 * own spelling would be a disputed one. Threading: immutable.
 */
final class PathReadings {
    private record Table(PathReading reading, HostTable entries) {}

    /** @param alike a path that is the same in two readings leads to the same entry in both */
    private record Decoded(List<Table> tables, boolean alike) {}

    private final Map<PathDecoding, Decoded> readings = new EnumMap<>(PathDecoding.class);

    /**
     * @param forms      of the paths of the config
     * @param asReceived what they are found in as they are
     * @param read       what they are found in otherwise
     */
    PathReadings(List<byte[]> forms, HostTable asReceived, Function<PathReading, HostTable> read) {
        Map<List<ByteBuffer>, HostTable> made = new HashMap<>();
        made.put(forms.stream().map(ByteBuffer::wrap).toList(), asReceived);
        for (PathDecoding decoding : PathDecoding.values()) {
            List<Table> tables = PathReading.of(decoding).stream().map(reading -> new Table(reading,
                    made.computeIfAbsent(spelled(forms, reading), spelling -> read.apply(reading)))).toList();
            readings.put(decoding, new Decoded(tables, tables.stream().map(Table::entries).distinct().count() == 1));
        }
    }

    /** Whether every reading of the path leads to that entry, too. Makes copies of it, as long as a head may be. */
    boolean agree(int found, Head request, int start, int end) {
        byte[] path = new byte[end - start];
        for (int i = 0; i < path.length; i++) path[i] = request.octet(start + i);
        for (Map.Entry<PathDecoding, Decoded> each : readings.entrySet()) {
            byte[] decoded = each.getKey().of(path);
            if (decoded == null || !agree(found, request, decoded, each.getValue())) return false;
        }
        return true;
    }

    private static boolean agree(int found, Head request, byte[] decoded, Decoded readings) {
        boolean removable = !readings.alike;
        for (Table table : readings.tables) {
            byte[] read = table.reading.removed(decoded);
            if (table.entries.first(request, read, 0, read.length) != found) return false;
            // what the first leaves as it is, all others do
            removable |= read.length < decoded.length;
            if (!removable) return true;
        }
        return true;
    }

    private static List<ByteBuffer> spelled(List<byte[]> forms, PathReading reading) {
        return forms.stream().map(form -> ByteBuffer.wrap(reading.ofForm(form))).toList();
    }
}
