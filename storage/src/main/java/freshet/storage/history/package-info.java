/**
 * What is remembered of trends, as the questions that a reader asks ({@link freshet.storage.history.TrendHistory}) and
 * the one thing that a writer does ({@link freshet.storage.history.HistoryWriter}). Databases stand behind these two.
 *
 * <p>The history holds finals only. Of each stream, window and scope it keeps the first final of every minute and every
 * final that changed which trends there are or a trend's state; what lies between two kept finals differs from the
 * earlier one in numbers alone. All times are event times, the end of the window that a ranking stands for.
 */
package freshet.storage.history;
