/**
 * The dashboard: a page of what is breaking out now and why, its JSON API, and the history behind both.
 * {@link freshet.dashboard.Dashboard} puts the parts together and is what a process starts.
 */
package freshet.dashboard;
