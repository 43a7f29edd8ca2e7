package lb.http;

/**
 * What a head may take.
 *
 * @param bytes  of the whole head; default 16 KiB
 * @param lines  of fields; default 100
 * @param target bytes of a request target; default 8 KiB
 */
public record HeadLimits(int bytes, int lines, int target) {}
