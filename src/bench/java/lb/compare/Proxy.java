package lb.compare;

import java.util.List;

/** A proxy that can be started. @param command without taskset */
record Proxy(String name, int port, List<String> command) {}
