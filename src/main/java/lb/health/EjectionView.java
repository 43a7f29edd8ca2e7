package lb.health;

import java.time.Instant;

/**
 * Where one backend stands with real traffic. A value; anyone may read it.
 *
 * @param until  when its ejection ends by time, or null while it is not ejected
 * @param inARow ejections that are not forgiven yet, this one included; each doubles the time of the next
 */
public record EjectionView(Instant until, int inARow) {
    static final EjectionView NONE = new EjectionView(null, 0);
}
