package lb;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/**
 * What Netty's jars say of themselves. Netty's own {@code Version} reads the dates of every jar as well, with calendars
 * and locales, which takes 40 ms of a start. Any thread.
 */
final class NettyVersion {
    private static final String RESOURCE = "META-INF/io.netty.versions.properties";

    private NettyVersion() {}

    /** @param artifact such as {@code netty-common} @return such as {@code 4.2.20}, or {@code unknown} */
    static String of(String artifact) {
        try {
            for (URL jar : jars()) {
                String version = read(jar).getProperty(artifact + ".version");
                if (version != null) return version.replace(".Final", "");
            }
        } catch (IOException e) {
            // the version is for people to read: lb runs without
        }
        return "unknown";
    }

    /** One in lb's own jar, many where Netty comes in jars of its own. */
    private static List<URL> jars() throws IOException {
        return Collections.list(NettyVersion.class.getClassLoader().getResources(RESOURCE));
    }

    private static Properties read(URL jar) throws IOException {
        Properties read = new Properties();
        try (InputStream in = jar.openStream()) {
            read.load(in);
        }
        return read;
    }
}
