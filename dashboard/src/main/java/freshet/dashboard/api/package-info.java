/**
 * The JSON and CSV endpoints, for the page and for {@code curl}. {@code /api} lists them. Names in the JSON are those of
 * the topic {@code trends}; times are ISO-8601, UTC, event time; whatever is wrong with a request is said in
 * {@code error.message}, with the parameter's name.
 */
package freshet.dashboard.api;
