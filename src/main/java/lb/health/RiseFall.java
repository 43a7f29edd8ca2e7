package lb.health;

/**
 * Turns probe results into up or down: {@code fall} failures in a row turn down, {@code rise} passes in a row turn up.
 *
 * <pre>
 * rise 2, fall 3     result   ✓    ✗  ✗  ✓  ✗  ✗  ✗     ✓  ✗  ✓  ✓
 *                    decides  up                  down              up
 * </pre>
 *
 * Threading: control thread.
 */
final class RiseFall {
    private boolean decided;
    private boolean up;
    private boolean lastPassed;
    private int streak;

    /**
     * Takes one result in. The limits come with each, as a reload may change them in the middle of a streak.
     *
     * @param rise at least 1
     * @param fall at least 1
     * @return true when this result decides: the very first one, and each that turns up to down or down to up
     */
    boolean decides(boolean passed, int rise, int fall) {
        streak = passed == lastPassed ? streak + 1 : 1;
        lastPassed = passed;
        // Nobody knows anything about the backend yet: to send it requests until it has failed `fall` times would lose
        // them, to keep it out until it has passed `rise` times would delay every start.
        if (!decided) {
            decided = true;
            up = passed;
            return true;
        }
        if (passed == up || streak < (passed ? rise : fall)) return false;
        up = passed;
        return true;
    }

    /** What it just decided does not take effect: the next result of the kind decides again. */
    void overruled() {
        up = !up;
    }

    /** Other evidence decided: it is down, and counts its passes from now on. */
    void turnDown() {
        decided = true;
        up = false;
        lastPassed = false;
        streak = 1;
    }

    /** Same results in a row, up to the last one; 0 before the first. */
    int streak() {
        return streak;
    }

    boolean decided() {
        return decided;
    }

    /** Up, and the last result does not say otherwise. */
    boolean steady() {
        return up && lastPassed;
    }
}
