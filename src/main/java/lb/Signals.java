package lb;

import sun.misc.Signal;

/** What the system tells a process. Each signal comes on a thread of its own. */
final class Signals {
    private Signals() {}

    /** @return false: the JVM keeps its signals to itself, as {@code -Xrs} has it, and does what it always does */
    static boolean on(String name, Runnable task) {
        try {
            Signal.handle(new Signal(name), signal -> task.run());
            return true;
        } catch (IllegalArgumentException taken) {
            return false;
        }
    }
}
