package lb.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A process and all that come from it, as {@code /proc} shows them now. */
final class ProcessTree {
    /** Of {@code utime} and {@code stime}: USER_HZ, which Linux shows as 100 a second on every machine. */
    private static final long MICROS_PER_TICK = 10_000;
    /** Places behind the name, from 0: see proc(5). */
    private static final int UTIME = 11;
    private static final int STIME = 12;

    private final List<ProcessHandle> processes;

    ProcessTree(ProcessHandle first) {
        processes = Stream.concat(Stream.of(first), first.descendants()).toList();
    }

    /** CPU time so far, of user and system, all threads. In microseconds, exact to 10 ms for each process. */
    long cpuMicros() throws IOException {
        long ticks = 0;
        for (ProcessHandle process : processes) {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            ticks += Long.parseLong(behindName[UTIME]) + Long.parseLong(behindName[STIME]);
        }
        return ticks * MICROS_PER_TICK;
    }

    /** Memory that is there, in KiB; pages that several of them share count once for each. */
    long residentKib() throws IOException {
        long kib = 0;
        for (ProcessHandle process : processes) {
            for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
                if (line.startsWith("VmRSS:")) kib += Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return kib;
    }
}
