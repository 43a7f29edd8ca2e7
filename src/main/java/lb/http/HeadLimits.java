package lb.http;

/**
 * What a head may take. Whoever makes one keeps to the ranges of the config, {@code lb.config.Limits}.
 *
 * @param bytes  of the whole head, start line included; at least 64, default 16 KiB
 * @param lines  of fields; at least 1, default 100
 * @param target bytes of a request target; at least 16, default 8 KiB
 */
public record HeadLimits(int bytes, int lines, int target) {}
