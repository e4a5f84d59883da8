/**
 * Caffeine in front of a history. Only what can never change is cached: a final at a moment that the board has passed.
 */
package freshet.storage.cache;
