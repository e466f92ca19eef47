package dev.recount.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** The workloads of several clients, all created before the first starts, and closed together. */
record Clients(List<Workload> workloads) implements AutoCloseable {

    static Clients of(Workload.Factory factory, int count) throws Exception {
        Clients clients = new Clients(new ArrayList<>());
        try {
            for (int client = 0; client < count; client++) {
                clients.workloads().add(factory.forClient(client));
            }
            return clients;
        } catch (Exception e) {
            clients.close();
            throw e;
        }
    }

    @Override
    public void close() throws Exception {
        for (Workload workload : workloads) {
            workload.close();
        }
    }
}
