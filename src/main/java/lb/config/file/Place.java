package lb.config.file;

/** Where something begins in the file. @param line from 1 @param column from 1, in characters */
record Place(int line, int column) {
    static final Place START = new Place(1, 1);
}
