package lb.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lb.config.StickyConfig;
import lb.config.StickyConfig.SameSite;
import org.junit.jupiter.api.Test;

/** Sticky sessions in every form, and what a pool takes from the root. */
class GoodStickyTest {
    private static final String KEY = "0123456789abcdef";

    private static StickyConfig sticky(String value) throws ConfigProblems {
        return Reading.poolWith("\"sticky\": " + value).sticky();
    }

    private static StickyConfig sticky(String root, String pool) throws ConfigProblems {
        return Reading.read("{ \"listen\": 1, \"sticky\": " + root + ", \"pools\": { \"default\": {"
                + " \"backends\": [\"http://a\"], \"sticky\": " + pool + " } } }").pools().get("default").sticky();
    }

    @Test void isOffUnlessItIsAskedFor() throws ConfigProblems {
        assertThat(Reading.poolWith("\"balance\": \"random\"").sticky()).isNull();
        assertThat(sticky("false")).isNull();
    }

    @Test void isTheNameOfACookieInItsShortForm() throws ConfigProblems {
        assertThat(sticky("\"lb_backend\"")).isEqualTo(StickyConfig.cookie("lb_backend"))
                .isEqualTo(sticky("{ \"cookie\": \"lb_backend\" }"));
    }

    @Test void readsEveryKey() throws ConfigProblems {
        assertThat(sticky("{ \"cookie\": \"lb\", \"ttl\": \"1h\", \"secure\": true, \"sameSite\": \"None\","
                + " \"domain\": \"Example.com\", \"path\": \"/shop\", \"keys\": [\"" + KEY
                + "\", \"${env:LB_HOST}-" + KEY + "\"] }"))
                .isEqualTo(new StickyConfig("lb", null, Duration.ofHours(1), true, SameSite.NONE,
                        "example.com", "/shop", List.of(KEY, "10.0.0.7-" + KEY)));
        assertThat(sticky("{ \"learn\": \"JSESSIONID\", \"ttl\": \"30m\" }")).isEqualTo(new StickyConfig(
                null, "JSESSIONID", Duration.ofMinutes(30), false, SameSite.LAX, null, "/", List.of()));
    }

    @Test void takesFromTheRootWhatAPoolDoesNotSay() throws ConfigProblems {
        String root = "{ \"cookie\": \"lb\", \"ttl\": \"1h\", \"secure\": true, \"domain\": \"a.b\", \"keys\": [\""
                + KEY + "\"] }";
        StickyConfig all = sticky(root);
        assertThat(sticky(root, "\"shop\"")).isEqualTo(all.named("shop"));
        assertThat(sticky(root, "{ \"cookie\": \"shop\" }")).isEqualTo(all.named("shop"));
        assertThat(sticky(root, "{ \"ttl\": false, \"domain\": false, \"keys\": [] }")).isEqualTo(
                new StickyConfig("lb", null, null, true, SameSite.LAX, null, "/", List.of()));
        assertThat(sticky(root, "false")).isNull();
        assertThat(sticky("false", "\"lb\"")).isEqualTo(StickyConfig.cookie("lb"));
    }

    @Test void changesFromACookieToALearnedSessionAndBack() throws ConfigProblems {
        String learn = "{ \"learn\": \"SID\", \"ttl\": \"1m\" }";
        assertThat(sticky("{ \"cookie\": \"lb\", \"ttl\": \"1h\", \"secure\": true }", "{ \"learn\": \"SID\" }"))
                .isEqualTo(new StickyConfig(
                        null, "SID", Duration.ofHours(1), false, SameSite.LAX, null, "/", List.of()));
        assertThat(sticky(learn, "{ \"ttl\": \"2m\" }").learn()).isEqualTo("SID");
        assertThat(sticky(learn, "{ \"cookie\": \"lb\" }")).isEqualTo(new StickyConfig(
                "lb", null, Duration.ofMinutes(1), false, SameSite.LAX, null, "/", List.of()));
        assertThat(sticky(learn, "\"lb\"")).isEqualTo(sticky(learn, "{ \"cookie\": \"lb\" }"));
    }
}
