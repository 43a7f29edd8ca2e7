package lb.config.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The files that command-line options stand for, so that one reader judges both and says the same of the same mistake.
 * Any thread.
 */
public final class StandIn {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StandIn() {}

    /** What {@code --listen} and {@code --backend} say. */
    public static byte[] file(List<String> listen, List<String> backends) {
        ObjectNode file = JSON.createObjectNode();
        if (listen.size() == 1) {
            file.set("listen", address(listen.get(0)));
        } else {
            ObjectNode listeners = file.putObject("listeners");
            for (int i = 0; i < listen.size(); i++) listeners.set("listener" + (i + 1), address(listen.get(i)));
        }
        ArrayNode urls = file.putArray("backends");
        backends.forEach(urls::add);
        return bytes(file);
    }

    /** A small config with this admin listener. @param admin an address, or {@code off} */
    public static byte[] withAdmin(String admin) {
        ObjectNode file = smallest();
        if (admin.equals("off")) file.put("admin", false);
        else file.set("admin", address(admin));
        return bytes(file);
    }

    /** A small config with this program log. */
    public static byte[] withLog(String format, String level) {
        ObjectNode file = smallest();
        file.putObject("log").put("format", format).put("level", level);
        return bytes(file);
    }

    private static ObjectNode smallest() {
        ObjectNode file = JSON.createObjectNode().put("listen", 8080);
        file.putArray("backends").add("http://127.0.0.1:1");
        return file;
    }

    /** A bare port is a number in a file, and a word on the command line. */
    private static JsonNode address(String word) {
        boolean port = word.matches("\\d{1,9}");
        return port ? JSON.getNodeFactory().numberNode(Integer.parseInt(word)) : JSON.getNodeFactory().textNode(word);
    }

    private static byte[] bytes(ObjectNode file) {
        return file.toPrettyString().getBytes(StandardCharsets.UTF_8);
    }
}
