package dev.recount.eventstore.serialization;

import dev.recount.events.EventType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serializes to JSON under stored names. The output never contains a class name, so classes can be renamed freely.
 *
 * <p>The output is canonical ({@link dev.recount.eventstore.tree.CanonicalJson}), so that it can be hashed directly.
 *
 * <p>An unknown name is an error. Axon itself would return a placeholder that readers silently skip.
 */
public final class RecountSerializer extends Jackson3Serializer {

    private final Map<String, StoredType> byName;
    private final Map<Class<?>, StoredType> byClass;

    public RecountSerializer(List<StoredType> besidesEvents) {
        super(builder().jsonMapperBuilderCustomizer(RecountSerializer::writeCanonically));
        List<StoredType> all = Stream.concat(
                        Stream.of(EventType.values())
                                .map(type -> new StoredType(type.storedName(), type.revision(), type.eventClass())),
                        besidesEvents.stream())
                .toList();
        this.byName = all.stream().collect(Collectors.toUnmodifiableMap(StoredType::name, Function.identity()));
        this.byClass = all.stream().collect(Collectors.toUnmodifiableMap(StoredType::type, Function.identity()));
    }

    private static void writeCanonically(JsonMapper.Builder json) {
        json.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE, JsonWriteFeature.ESCAPE_FORWARD_SLASHES);
    }

    /** The name and the current revision under which objects of this class are written. */
    public Optional<StoredType> storedType(Class<?> type) {
        return Optional.ofNullable(byClass.get(type));
    }

    /** Whether this is the current revision of this name. */
    public boolean writes(String name, int revision) {
        StoredType stored = byName.get(name);
        return stored != null && stored.revision() == revision;
    }

    @Override
    @SuppressWarnings("rawtypes") // Axon's signature
    public SerializedType typeForClass(Class type) {
        StoredType stored = byClass.get(type);
        if (stored != null) {
            return new SimpleSerializedType(stored.name(), Integer.toString(stored.revision()));
        }
        return super.typeForClass(type);
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        StoredType stored = byName.get(type.getName());
        if (stored != null) {
            return stored.type();
        }
        if (type.getName().equals(MetaData.class.getName())
                || SerializedType.emptyType().equals(type)) {
            return super.classForType(type);
        }
        throw new SerializationException("No class is known for the stored name " + type.getName());
    }
}
