/**
 * The life of a stage and of several together. A {@link freshet.app.stage.Stage} starts, becomes ready, drains and
 * stops; {@link freshet.app.stage.Stages} starts them along the pipeline, stops them from the source down, so that what
 * is under way still reaches the end, and stops all when one fails. Commands put stages together; no stage knows
 * another.
 */
package freshet.app.stage;
