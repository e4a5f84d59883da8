/**
 * What a post's text says beside its words: its hashtags, how a tag is folded for counting, and a hash that near-equal
 * texts share. Pure functions of strings; every stage that needs one of them uses these, so that a tag is the same
 * tag everywhere.
 */
package freshet.ingest.text;
