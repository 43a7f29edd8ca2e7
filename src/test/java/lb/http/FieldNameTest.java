package lb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldNameTest {
    private static final Set<FieldName> NAMELESS =
            EnumSet.of(FieldName.OTHER, FieldName.UNDERSCORED, FieldName.X_FORWARDED_REST);

    @Test void findsEveryKnownNameInAnyCase() {
        Random random = new Random(1);
        for (FieldName each : EnumSet.complementOf(EnumSet.copyOf(NAMELESS))) {
            String name = each.toString();
            assertThat(lookup(name)).isEqualTo(each);
            assertThat(lookup(name.toUpperCase(Locale.ROOT))).isEqualTo(each);
            for (int i = 0; i < 20; i++) assertThat(lookup(randomCase(name, random))).isEqualTo(each);
        }
    }

    @Test void doesNotTakeANeighbourForAKnownName() {
        for (FieldName each : EnumSet.complementOf(EnumSet.copyOf(NAMELESS))) {
            String name = each.toString();
            if (name.startsWith("x-forwarded-")) continue;
            assertThat(lookup(name + "x")).isNotEqualTo(each);
            assertThat(lookup("x" + name)).isNotEqualTo(each);
            assertThat(lookup(name.substring(1))).isNotEqualTo(each);
            assertThat(lookup(name.substring(0, name.length() - 1))).isNotEqualTo(each);
        }
        assertThat(lookup("x")).isEqualTo(FieldName.OTHER);
        assertThat(lookup("")).isEqualTo(FieldName.OTHER);
    }

    @Test void knowsEverythingThatBeginsLikeAForwardingField() {
        for (String name : new String[] {"x-forwarded-a", "X-Forwarded-By", "X-FORWARDED-PROTOCOL", "x-forwarded--"}) {
            assertThat(lookup(name)).as(name).isEqualTo(FieldName.X_FORWARDED_REST);
        }
        assertThat(lookup("x-forwarded")).isEqualTo(FieldName.OTHER);
        assertThat(lookup("x-forwarded-")).isEqualTo(FieldName.X_FORWARDED_REST);
        assertThat(lookup("xx-forwarded-for")).isEqualTo(FieldName.OTHER);
    }

    @Test void aLineWithAnUnderscoreInAKnownNameIsUnderscored() {
        for (FieldName each : EnumSet.complementOf(EnumSet.copyOf(NAMELESS))) {
            String name = each.toString();
            for (int i = name.indexOf('-'); i >= 0; i = name.indexOf('-', i + 1)) {
                String spelled = name.substring(0, i) + '_' + name.substring(i + 1);
                assertThat(Received.requestHead("GET / HTTP/1.0", spelled + ": 1").name(0)).as(spelled)
                        .isEqualTo(FieldName.UNDERSCORED);
            }
        }
        assertThat(Received.requestHead("GET / HTTP/1.0", "X_Forwarded_Any: 1").name(0))
                .isEqualTo(FieldName.UNDERSCORED);
        assertThat(Received.requestHead("GET / HTTP/1.0", "My_Field: 1").name(0)).isEqualTo(FieldName.OTHER);
    }

    @Test void fitsIntoOneWordOfBits() {
        assertThat(FieldName.values()).hasSizeLessThanOrEqualTo(Long.SIZE);
    }

    private static String randomCase(String name, Random random) {
        StringBuilder spelled = new StringBuilder();
        for (char c : name.toCharArray()) spelled.append(random.nextBoolean() ? Character.toUpperCase(c) : c);
        return spelled.toString();
    }

    private static FieldName lookup(String name) {
        // not at the start of the array, as in a head
        byte[] bytes = ("ab" + name + ": x").getBytes(StandardCharsets.US_ASCII);
        return FieldName.lookup(bytes, 2, 2 + name.length());
    }
}
