package lb.config.file;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import lb.config.OutlierConfig;
import lb.config.SuccessRateConfig;
import lb.config.Units;

/** Reads {@code outlier}: {@code false}, or an object whose missing keys are those of the root. */
final class OutlierReading {
    private final Values values;

    OutlierReading(Values values) {
        this.values = values;
    }

    /** @param base what missing keys are, or null when it is off there @return null when turned off */
    OutlierConfig read(Node node, OutlierConfig base) {
        if (node.isFalse()) return null;
        OutlierConfig from = base == null ? OutlierConfig.DEFAULT : base;
        if (!node.is(Node.Kind.OBJECT)) {
            values.wrong(node, "an object such as { \"consecutiveFailures\": 5 }, or false");
            return from;
        }
        Fields fields = new Fields(node, Shape.OUTLIER, values);
        int inARow = fields.whole("consecutiveFailures", from.consecutiveFailures(), 1, OutlierConfig.MAX_IN_A_ROW);
        Duration eject = fields.duration("eject", from.eject(), OutlierConfig.MAX_EJECT);
        // a longer first time says that all may be longer, and is one problem at most
        Duration most = fields.duration("maxEject", longer(from.maxEject(), eject), OutlierConfig.MAX_EJECT);
        if (most.compareTo(eject) < 0) {
            values.problems().add(fields.node("maxEject"),
                    Units.write(most) + " is shorter than eject; expected at least " + Units.write(eject));
            most = eject;
        }
        double ejected = fields.read("maxEjected", from.maxEjected(),
                share -> values.share(share, OutlierConfig.LEAST_EJECTED));
        Set<OutlierConfig.On> on = fields.read("on", from.on(), this::on);
        Node rate = fields.node("successRate");
        return new OutlierConfig(inARow, eject, most, ejected, on,
                rate == null ? from.successRate() : successRate(rate, from.successRate()),
                fields.truth("overruleProbes", from.overruleProbes()));
    }

    private Set<OutlierConfig.On> on(Node node) {
        if (!node.is(Node.Kind.LIST) || node.items().isEmpty()) {
            return values.wrong(node, "a list of " + Words.listed(Words.OUTLIER_ON.keySet(), "")
                    + "; \"outlier\": false turns it off");
        }
        Set<OutlierConfig.On> on = EnumSet.noneOf(OutlierConfig.On.class);
        for (Node each : node.items()) {
            OutlierConfig.On word = values.word(each, Words.OUTLIER_ON);
            if (word != null) on.add(word);
        }
        return on.isEmpty() ? null : on;
    }

    private SuccessRateConfig successRate(Node node, SuccessRateConfig base) {
        if (node.isFalse()) return null;
        SuccessRateConfig from = base == null ? SuccessRateConfig.DEFAULT : base;
        if (!node.is(Node.Kind.OBJECT)) return values.wrong(node, "an object such as { \"below\": \"20%\" }, or false");
        Fields fields = new Fields(node, Shape.SUCCESS_RATE, values);
        return new SuccessRateConfig(
                fields.read("below", from.below(), share -> values.share(share, SuccessRateConfig.LEAST_BELOW)),
                fields.whole("minRequests", from.minRequests(), 1, SuccessRateConfig.MAX_REQUESTS),
                fields.duration("window", from.window(), SuccessRateConfig.MAX_WINDOW));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
