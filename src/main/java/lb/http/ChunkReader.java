package lb.http;

import io.netty.buffer.ByteBuf;

/**
 * Reads the lines between the data of a chunked body (RFC 9112 §7.1), a byte at a time, strictly.
 *
 * <pre>
 * accepted   1a CRLF, 001A CRLF, 5;name CRLF, 5 ;name="quoted \" text" CRLF (extensions are dropped)
 * refused    signs, 0x, an empty size, more than 15 digits that count, bare CR or LF, controls, unclosed quotes,
 *            more than 4 KiB of extensions in a message
 * </pre>
 *
 * Threading: one event loop.
 */
final class ChunkReader {
    /** What comes next. */
    enum Step { MORE, DATA, LAST, BAD }

    private enum State { SIZE, SPACE, EXTENSION, QUOTED, ESCAPED, SIZE_LF, DATA, DATA_CR, DATA_LF }

    private static final int MAX_DIGITS = 16;
    private static final int MAX_EXTENSIONS = 4096;

    private State state = State.SIZE;
    private long size;
    private int digits;
    private int extensions;

    void begin() {
        state = State.SIZE;
        size = 0;
        digits = 0;
        extensions = 0;
    }

    /** Bytes of the current chunk's data still to come; after {@link Step#DATA} at least 1. */
    long data() {
        return size;
    }

    /** The caller took that much of the data. */
    void taken(int bytes) {
        size -= bytes;
        if (size == 0) state = State.DATA_CR;
    }

    /** Reads up to the next data, or behind the line of the last chunk. */
    Step step(ByteBuf in) {
        if (state == State.DATA) return in.isReadable() ? Step.DATA : Step.MORE;
        while (in.isReadable()) {
            byte octet = in.readByte();
            if (!accept(octet)) return Step.BAD;
            if (state == State.DATA) {
                if (size == 0) return Step.LAST;
                if (in.isReadable()) return Step.DATA;
            }
        }
        return Step.MORE;
    }

    private boolean accept(byte octet) {
        switch (state) {
            case SIZE -> {
                int hex = Octets.hex(octet);
                if (hex >= 0) {
                    if (++digits > MAX_DIGITS || size >>> 56 != 0) return false;
                    size = size << 4 | hex;
                    return true;
                }
                return digits > 0 && afterSize(octet);
            }
            case SPACE -> {
                return counted() && (octet == ';' || octet == Octets.SP || octet == Octets.HTAB) && afterSize(octet);
            }
            case EXTENSION -> {
                if (octet == Octets.CR) state = State.SIZE_LF;
                else if (octet == '"') state = State.QUOTED;
                else return counted() && Octets.value(octet);
                return counted();
            }
            case QUOTED -> {
                if (octet == '"') state = State.EXTENSION;
                else if (octet == '\\') state = State.ESCAPED;
                return counted() && Octets.value(octet);
            }
            case ESCAPED -> {
                state = State.QUOTED;
                return counted() && Octets.value(octet);
            }
            case SIZE_LF -> {
                state = State.DATA;
                return octet == Octets.LF;
            }
            case DATA_CR -> {
                state = State.DATA_LF;
                return octet == Octets.CR;
            }
            case DATA_LF -> {
                state = State.SIZE;
                size = 0;
                digits = 0;
                return octet == Octets.LF;
            }
            default -> throw new IllegalStateException("data is not read here");
        }
    }

    private boolean afterSize(byte octet) {
        switch (octet) {
            case Octets.CR -> state = State.SIZE_LF;
            case ';' -> state = State.EXTENSION;
            // RFC 9112 §7.1.1 lets "bad" whitespace stand before an extension, and nowhere else
            case Octets.SP, Octets.HTAB -> state = State.SPACE;
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean counted() {
        return ++extensions <= MAX_EXTENSIONS;
    }
}
