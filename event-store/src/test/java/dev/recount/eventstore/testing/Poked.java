package dev.recount.eventstore.testing;

import dev.recount.eventstore.serialization.StoredType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An event of an invented past in which the touching of an issue was stored under another name and without a version. */
public record Poked(long issueId) {

    /** For a node of that past. */
    @Configuration(proxyBeanMethods = false)
    public static class Then {

        @Bean
        StoredType poked() {
            return new StoredType("IssuePoked", 3, Poked.class);
        }
    }

    /** For a node of today, which reads that every poke led to version 9. */
    @Configuration(proxyBeanMethods = false)
    public static class Now {

        @Bean
        SingleEventUpcaster pokedBecomesTouched() {
            return new SingleEventUpcaster() {
                @Override
                protected boolean canUpcast(IntermediateEventRepresentation event) {
                    return event.getType().getName().equals("IssuePoked");
                }

                @Override
                protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
                    return event.upcastPayload(
                            new SimpleSerializedType("IssueTouched", "1"),
                            JsonNode.class,
                            payload -> ((ObjectNode) payload).put("version", 9));
                }
            };
        }
    }
}
