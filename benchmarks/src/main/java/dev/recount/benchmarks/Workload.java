package dev.recount.benchmarks;

/** What one client does again and again; a client is used by one thread. */
@FunctionalInterface
interface Workload {

    void runOnce() throws Exception;

    /** Makes the workload of each client, numbered from 0. */
    @FunctionalInterface
    interface Factory {

        Workload forClient(int client) throws Exception;
    }
}
