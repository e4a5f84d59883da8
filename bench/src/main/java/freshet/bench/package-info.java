/** Programs that measure: each prints what it measured beside the limit or the rival that it is measured by. */
package freshet.bench;
