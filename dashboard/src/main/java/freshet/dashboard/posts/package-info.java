/** A post's text, by seeking to where it stands in {@code posts}: no second store of texts, and none to clean up. */
package freshet.dashboard.posts;
