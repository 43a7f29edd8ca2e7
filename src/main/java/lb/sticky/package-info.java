/**
 * Session persistence: which backend the session of a request belongs to, by a signed cookie of lb's own or by one that
 * the application sets.
 *
 * <p>Starting points: {@link lb.sticky.Sticky}, {@link lb.sticky.Stickies}, {@link lb.sticky.StickyCookie},
 * {@link lb.sticky.LearnedSessions}.
 *
 * <p>Threading: made on the control thread, shared by all event loops; no lock. May import {@code pool}, {@code http},
 * {@code config}.
 */
package lb.sticky;
