package lb.admin;

/**
 * Whether clients may be sent here.
 *
 * @param ready  accepting
 * @param reason why not, such as {@code draining}, in plain words; or null when ready
 * @param detail what the operator should know all the same, such as a failed reload; or null
 */
public record Readiness(boolean ready, String reason, String detail) {}
