/**
 * What the operator wrote: immutable records that cannot be wrong, how their values are spelled, and what differs
 * between two of them. How they come out of a file is {@link lb.config.file}.
 * Starting points: {@link lb.config.Config}, {@link lb.config.PoolConfig}, {@link lb.config.ConfigChanges}.
 *
 * <p>Threading: values. Imports: the JDK only.
 */
package lb.config;
