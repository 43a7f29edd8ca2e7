/**
 * What lb says about itself and the exchanges it carried: the program log, the access log, failures, counts. Observers
 * only watch.
 *
 * <p>Starting points: {@link lb.observe.ProgramLog}, {@link lb.observe.AccessLog}, {@link lb.observe.Observers}.
 *
 * <p>Threading: observers are called on event loops and never block; each log has one thread that writes. Whatever had
 * to be dropped is counted. Imports: proxy and what is below it, the log provider.
 */
package lb.observe;
