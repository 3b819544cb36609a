// Nodes are pushed on a list with a compare-exchange that releases; the consumer takes the whole
// list with an exchange that acquires.
// tsan: clean
// helgrind: clean
// native: clean
// explore: clean
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { PRODUCERS = 2, PUSHES = 50 };

struct node {
    int value;
    struct node *next;
};

static struct node *_Atomic top;

static void push(struct node *node)
{
    node->next = atomic_load_explicit(&top, memory_order_relaxed);
    while (!atomic_compare_exchange_weak_explicit(&top, &node->next, node, memory_order_release,
                                                  memory_order_relaxed))
        ;
}

static void *produce(void *unused)
{
    for (int i = 0; i < PUSHES; i++) {
        struct node *node = malloc(sizeof *node);
        node->value = 1;
        push(node);
    }
    return unused;
}

static int take_all(void)
{
    int sum = 0;
    struct node *node = atomic_exchange_explicit(&top, NULL, memory_order_acquire);
    while (node != NULL) {
        struct node *next = node->next;
        sum += node->value;
        free(node);
        node = next;
    }
    return sum;
}

int main(void)
{
    pthread_t threads[PRODUCERS];
    for (int i = 0; i < PRODUCERS; i++)
        pthread_create(&threads[i], NULL, produce, NULL);
    for (int sum = 0; sum < PRODUCERS * PUSHES; sched_yield())
        sum += take_all();
    for (int i = 0; i < PRODUCERS; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
