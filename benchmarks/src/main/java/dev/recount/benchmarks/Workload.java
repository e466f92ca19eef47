package dev.recount.benchmarks;

/** What one client does again and again; a client is used by one thread. */
interface Workload extends AutoCloseable {

    void runOnce() throws Exception;

    /** Gives back what the client holds, such as its connection. */
    @Override
    default void close() throws Exception {}

    /** Something that is done once. */
    @FunctionalInterface
    interface Operation {
        void run() throws Exception;
    }

    /** Makes the workload of each client, numbered from 0. */
    @FunctionalInterface
    interface Factory {

        Workload forClient(int client) throws Exception;
    }

    /** A client with a connection of its own. */
    static Workload over(AutoCloseable connection, Operation operation) {
        return new Workload() {
            @Override
            public void runOnce() throws Exception {
                operation.run();
            }

            @Override
            public void close() throws Exception {
                connection.close();
            }
        };
    }
}
