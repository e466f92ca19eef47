package dev.recount.benchmarks;

/** The operation that one client repeats. A client is used by one thread. */
interface Workload extends AutoCloseable {

    void runOnce() throws Exception;

    /** Releases the client's resources, such as its connection. */
    @Override
    default void close() throws Exception {}

    /** One run of an operation. */
    @FunctionalInterface
    interface Operation {
        void run() throws Exception;
    }

    /** Creates the workload of each client, numbered from 0. */
    @FunctionalInterface
    interface Factory {

        Workload forClient(int client) throws Exception;
    }

    /** A client with its own connection. */
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
