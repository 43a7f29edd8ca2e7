package lb.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs and answers at its port. */
final class Started {
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long POLL_MILLIS = 50;
    private static final int STOP_SECONDS = 8;

    private final Proxy proxy;
    private final Process process;

    private Started(Proxy proxy, Process process) {
        this.proxy = proxy;
        this.process = process;
    }

    /**
     * @param cores  as taskset takes them
     * @param folder where its output goes
     * @throws IllegalStateException with the end of its output, when it does not answer within 20 s
     */
    static Started start(Proxy proxy, String cores, Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Installed.path("taskset"), "-c", cores));
        command.addAll(proxy.command());
        Path output = folder.resolve(proxy.name() + ".out");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        Started started = new Started(proxy, process);
        for (long begun = System.nanoTime(); !started.answers(); Thread.sleep(POLL_MILLIS)) {
            if (process.isAlive() && System.nanoTime() - begun < START_NANOS) continue;
            started.stop();
            throw new IllegalStateException(proxy.name() + " did not start: " + Files.readString(output).strip());
        }
        return started;
    }

    String name() {
        return proxy.name();
    }

    int port() {
        return proxy.port();
    }

    /** All of them: taskset becomes the program, whose workers are its children. */
    ProcessTree processes() {
        return new ProcessTree(process.toHandle());
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()), 1_000);
            return process.isAlive();
        } catch (IOException e) {
            return false;
        }
    }
}
