/**
 * Decides where partitions live and who leads them. Every broker can create topics; the one that is controller also
 * watches over leaders: when a broker goes, a broker in sync takes its partitions over, in the next leader epoch.
 */
package freshet.broker.controller;
