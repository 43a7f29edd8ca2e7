package lb.testkit;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class in whose time Netty reported a leaked buffer: {@code @ExtendWith(LeakWatch.class)}. Works at leak
 * detection level paranoid only, which the build sets.
 */
public final class LeakWatch implements BeforeAllCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(LeakWatch.class);

    @Override public void beforeAll(ExtensionContext context) {
        if (ResourceLeakDetector.getLevel() != ResourceLeakDetector.Level.PARANOID) {
            throw new IllegalStateException("leak detection: " + ResourceLeakDetector.getLevel()
                    + " (expected: -Dio.netty.leakDetection.level=paranoid)");
        }
        context.getStore(NAMESPACE).put(context.getUniqueId(), LogCapture.of(ResourceLeakDetector.class.getName()));
    }

    @Override public void afterAll(ExtensionContext context) {
        try (LogCapture reports = context.getStore(NAMESPACE).remove(context.getUniqueId(), LogCapture.class)) {
            List<String> leaks = leaksIn(reports);
            if (!leaks.isEmpty()) throw new AssertionError(leaks.size() + " leaks, first: " + leaks.get(0));
        }
    }

    /** Makes Netty tell of everything leaked so far. @return what it told this capture, which began earlier */
    static List<String> leaksIn(LogCapture reports) {
        collectGarbage();
        // Leaks are reported when a further buffer is tracked.
        for (int i = 0; i < 8; i++) PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
        return reports.lines().stream().filter(line -> line.contains("LEAK")).toList();
    }

    /** Bytes of pooled direct memory that buffers hold now, those kept for the next ones not counted. */
    public static long directMemoryInUse() {
        return PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
    }

    // References found dead by one collection are queued by another thread, in any order; those of the collection
    // before are all queued when a reference of this one is.
    private static void collectGarbage() {
        for (int round = 0; round < 2; round++) {
            ReferenceQueue<Object> dead = new ReferenceQueue<>();
            WeakReference<Object> canary = new WeakReference<>(new Object(), dead);
            Awaitility.await().atMost(Duration.ofSeconds(10)).pollDelay(Duration.ZERO).until(() -> {
                System.gc();
                return dead.remove(100) == canary;
            });
        }
    }
}
