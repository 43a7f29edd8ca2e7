package lb.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/**
 * One line of a vector file; the format stands at the top of {@code requests.vectors}.
 *
 * @param place   file and line
 * @param toHead  of a response: the request was a HEAD
 * @param outcome as {@link Transcript} writes it
 */
public record MessageVector(String place, boolean request, boolean toHead, HeadLimits limits, byte[] bytes,
                            String outcome) {
    /** What lb adds to a head does not count. */
    private static final HeadLimits LENIENT = new HeadLimits(64 * 1024, 200, 32 * 1024);
    private static final String ARROW = "=>";

    /** All vectors of {@code requests.vectors}. */
    public static List<MessageVector> requests() {
        return read("requests.vectors", true);
    }

    /** All vectors of {@code responses.vectors}. */
    public static List<MessageVector> responses() {
        return read("responses.vectors", false);
    }

    /** Those whose message is accepted to its end. */
    public boolean accepted() {
        return Transcript.accepted(outcome);
    }

    /** Those that are not refused, but not whole either. */
    public boolean cutShort() {
        return outcome.endsWith("MORE");
    }

    /** Those whose head, after interim ones, is refused or not whole: nothing of them may be passed on. */
    public boolean headless() {
        return meaning(outcome).startsWith("!") || meaning(outcome).equals("MORE");
    }

    /** Those that are read with the limits that lb has by default. */
    public boolean withDefaultLimits() {
        return limits.equals(Transcript.LIMITS);
    }

    /** Whether lb's own version of this message, as the other side got it, still means the same. */
    public boolean means(byte[] passedOn) {
        return meaning(request ? Transcript.ofRequest(passedOn, LENIENT, Transcript.WHOLE)
                : Transcript.ofResponse(passedOn, toHead, LENIENT, Transcript.WHOLE)).equals(meaning(outcome));
    }

    /** An outcome without what lb may change: interim heads, what stood behind, the framing of a response. */
    private String meaning(String told) {
        String bare = told.replaceFirst(" \\+\".*\"$", "").replaceFirst("^(1\\d\\d, )+", "");
        if (!request) return bare.replaceFirst(" (NONE|LENGTH|CHUNKED|UNTIL_CLOSE)", "");
        // of trailers only those that are fit are passed on
        bare = bare.replaceFirst("^(.* CHUNKED(?: \".*\")?)(?: [^\" ]+:[^\"]*)$", "$1");
        // HTTP/1.0 may leave the host out; a backend is told one all the same
        return hostless() ? bare.replaceFirst(" [^/* ]*([/*])", " $1") : bare;
    }

    private boolean hostless() {
        return outcome.matches("\\S+ [/*].*");
    }

    String read(Transcript.Cut cut) {
        return request ? Transcript.ofRequest(bytes, limits, cut) : Transcript.ofResponse(bytes, toHead, limits, cut);
    }

    /** Whole, with the leak detector watching. */
    String readWatched() {
        return Transcript.watched(bytes, request, toHead, limits);
    }

    @Override public String toString() {
        return place + " " + Escapes.shown(bytes);
    }

    private static List<MessageVector> read(String file, boolean request) {
        List<MessageVector> vectors = new ArrayList<>();
        try (InputStream in = MessageVector.class.getResourceAsStream(file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            String frame = "%";
            boolean toHead = false;
            HeadLimits limits = Transcript.LIMITS;
            int number = 0;
            for (String line; (line = lines.readLine()) != null;) {
                number++;
                String place = file + ":" + number;
                if (line.isBlank() || line.startsWith("#")) continue;
                if (line.startsWith("@frame ")) {
                    frame = line.substring(7).trim();
                } else if (line.startsWith("@to ")) {
                    toHead = line.substring(4).trim().equals("HEAD");
                } else if (line.startsWith("@limits ")) {
                    String[] numbers = line.substring(8).trim().split(" ");
                    limits = new HeadLimits(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]),
                            Integer.parseInt(numbers[2]));
                } else {
                    int arrow = line.lastIndexOf(ARROW);
                    if (arrow < 0) throw new IllegalArgumentException(place + ": no " + ARROW);
                    byte[] bytes = Escapes.bytes(frame.replaceFirst("%",
                            Matcher.quoteReplacement(line.substring(0, arrow).trim())));
                    String outcome = Escapes.repeated(line.substring(arrow + ARROW.length()).trim());
                    vectors.add(new MessageVector(place, request, toHead, limits, bytes, outcome));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return vectors;
    }
}
