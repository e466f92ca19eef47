package dev.recount.standalone.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows in columns for people, with numbers aligned to the right. */
final class TextTable {

    private final List<List<Object>> rows = new ArrayList<>();

    TextTable(Object... headings) {
        row(headings);
    }

    void row(Object... cells) {
        rows.add(List.of(cells));
    }

    @Override
    public String toString() {
        var columns = IntStream.range(0, rows.getFirst().size())
                .mapToObj(this::column)
                .toList();
        return IntStream.range(0, rows.size())
                .mapToObj(row -> columns.stream()
                        .map(column -> column.get(row))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    private List<String> column(int number) {
        var cells = rows.stream().map(row -> row.get(number)).toList();
        var width =
                cells.stream().mapToInt(cell -> cell.toString().length()).max().orElseThrow();
        var right = cells.getLast() instanceof Number;
        return cells.stream()
                .map(cell -> {
                    var padding = " ".repeat(width - cell.toString().length());
                    return right ? padding + cell : cell + padding;
                })
                .toList();
    }
}
