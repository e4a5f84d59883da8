/** The stages as they run inside this process: each wraps a module's entry class as a {@link freshet.app.stage.Stage}. */
package freshet.app.embedded;
