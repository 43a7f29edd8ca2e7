/**
 * The file {@code lb.json}: bytes to a tree that remembers places, the tree to a config or to every problem with its
 * line, column and path; and a config back to text.
 * Starting points: {@link lb.config.file.ConfigReader}, {@link lb.config.file.RootReading},
 * {@link lb.config.file.ConfigPrinter}. A new key stands in {@link lb.config.file.Shape}, in one {@code …Reading}, in
 * the printer and in {@code config/lb.schema.json}; tests hold the four together.
 *
 * <p>Threading: control thread. Imports: lb.config, Jackson's parser and generator.
 */
package lb.config.file;
