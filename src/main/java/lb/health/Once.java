package lb.health;

/** Something that is said when it begins, and not again until it is over. Threading: control thread. */
final class Once {
    private boolean said;

    /** @return true when it is to be said */
    boolean begins() {
        boolean first = !said;
        said = true;
        return first;
    }

    /** @return true when it was said */
    boolean over() {
        boolean was = said;
        said = false;
        return was;
    }
}
