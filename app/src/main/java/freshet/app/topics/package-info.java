/** Makes a stream's topics, with explicit settings, and holds them to what they were made with. */
package freshet.app.topics;
