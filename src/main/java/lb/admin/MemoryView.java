package lb.admin;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes of memory.
 *
 * @param heapUsed   of Java objects, dead ones not yet collected included
 * @param heapMax    that the heap may grow to
 * @param directUsed of Netty's buffers outside the heap
 * @param rss        of the whole process in RAM, or -1 where the system does not tell
 */
public record MemoryView(long heapUsed, long heapMax, long directUsed, long rss) {
    private static final Path PROCESS = Path.of("/proc/self/status");

    /** Any thread. */
    public static MemoryView now() {
        Runtime runtime = Runtime.getRuntime();
        long heapUsed = runtime.totalMemory() - runtime.freeMemory();
        return new MemoryView(heapUsed, runtime.maxMemory(), directUsedNow(), residentNow());
    }

    private static long directUsedNow() {
        return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider allocator
                ? allocator.metric().usedDirectMemory() : 0;
    }

    /** From the line {@code VmRSS:     51234 kB}. */
    private static long residentNow() {
        try {
            for (String line : Files.readAllLines(PROCESS)) {
                if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        } catch (IOException e) {
            // not a Linux: it does not tell
        }
        return -1;
    }
}
