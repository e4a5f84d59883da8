/**
 * The page's files: HTML, modules and styles as they lie in {@code resources}, without a build step, and uPlot from its
 * WebJar. All are read, compressed and hashed once, at start. Addresses of the page itself ({@code /}, {@code /trend/…})
 * lead to the one HTML file; its router does the rest.
 */
package freshet.dashboard.page;
